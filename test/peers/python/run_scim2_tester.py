"""Runs scim2-tester against a server and prints its results as JSON: run_scim2_tester.py URL TOKEN"""

import json
import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server

url, token = sys.argv[1:]
with Client(base_url=url, headers={"Authorization": f"Bearer {token}"}) as http:
    results = check_server(SyncSCIMClient(http))
print(
    json.dumps(
        [
            {"status": result.status.name, "title": result.title, "type": result.resource_type, "reason": result.reason}
            for result in results
        ]
    )
)
