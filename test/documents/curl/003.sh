#!/usr/bin/env bash
# The curl commands of seed 003, in printed order. Replace the host, then run.
# Mended: the first URL's line ends in a backslash and a space, in the wrong order: the space would
# belong to the URL, and the command would end there.

curl -X GET \
https://api.cloud-elements.com/elements/api-v2/organizations/me \
-H 'authorization: User sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi, Organization 58168435e3b9959a929eb04b6218b9a2' \
-H 'Content-Type: application/json' \

curl -X PUT \
https://api.cloud-elements.com/elements/api-v2/organizations/me \
  -H 'authorization: User sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi, Organization 58168435e3b9959a929eb04b6218b9a2' \
  -H 'Content-Type: application/json' \
  -d '{
  "name": "The Docs Company"
}'
