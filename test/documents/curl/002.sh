#!/usr/bin/env bash
# The curl commands of seed 002, in printed order. Replace the host and the <PLACEHOLDER>s, then run
# in this folder, where orguser.json and patchorguser.json are.
# Mended:
# - the backslashes that every command lacks at the end of some of its lines: each line would be a
#   command of its own;
# - the word curl, which the second command lacks.

curl -X POST \
-H 'Authorization: User <INSERT_USER_SECRET>, Organization <INSERT_ORGANIZATION_SECRET>' \
-H 'Content-Type: application/json' \
-d @orguser.json \
'https://api.cloud-elements.com/elements/api-v2/organizations/users'

curl \
-H 'Authorization: User <INSERT_USER_SECRET>, Organization <INSERT_ORGANIZATION_SECRET>' \
-H 'Content-Type: application/json' \
'https://api.cloud-elements.com/elements/api-v2/organizations/users'

curl -X PATCH \
-H 'Authorization: User <INSERT_USER_SECRET>, Organization <INSERT_ORGANIZATION_SECRET>' \
-H 'Content-Type: application/json' \
-d @patchorguser.json \
'https://api.cloud-elements.com/elements/api-v2/organizations/users/413'

curl -X DELETE \
-H 'Authorization: User <INSERT_USER_SECRET>, Organization <INSERT_ORGANIZATION_SECRET>' \
-H 'Content-Type: application/json' \
'https://api.cloud-elements.com/elements/api-v2/organizations/users/413'

curl -X GET \
-H 'Authorization: User <INSERT_USER_SECRET>, Organization <INSERT_ORGANIZATION_SECRET>' \
-H 'Content-Type: application/json' \
'https://api.cloud-elements.com/elements/api-v2/organizations/users/412'

curl -X GET \
-H 'Authorization: User <INSERT_USER_SECRET>, Organization <INSERT_ORGANIZATION_SECRET>' \
-H 'Content-Type: application/json' \
'https://api.cloud-elements.com/elements/api-v2/organizations/users/jane%40acmedata.com'
