/** `npm run testers:install` */
import { createVenv } from "./python-venv.ts"

createVenv()
