// k6 itself, built from its Go module at the version go.mod pins. Nothing is added to it: scimulate's profiles are
// TypeScript that k6 runs as it is.
package main

import "go.k6.io/k6/v2/cmd"

func main() {
	cmd.Execute()
}
