#!/usr/bin/env bash
# The curl commands of seed 000, in printed order. Replace the host and the <PLACEHOLDER>s, then run.
# Nothing was mended: a command that ends in a backslash takes the empty line after it for its last.

curl -X GET \
'https://api.cloud-elements.com/elements/api-v2/accounts?where=createdDate%3E'\''2017-01-15'\''&offset=1&pageSize=200' \
-H 'authorization: User <USER_SECRET>, Organization <ORGANIZATION_SECRET>' \
-H 'content-type: application/json' \

curl -X POST \
https://api.cloud-elements.com/elements/api-v2/accounts \
-H 'authorization: User <USER_SECRET>, Organization <ORGANIZATION_SECRET>' \
-H 'content-type: application/json' \
-d '{
"name": "Account For Docs",
"description": "This account is used to demonstrate a POST /instances request",
"externalId": "notsorandomId"
}
'

curl -X POST \
https://api.cloud-elements.com/elements/api-v2/accounts/4022/users \
-H 'authorization: User <USER_SECRET>, Organization <ORGANIZATION_SECRET>' \
-H 'content-type: application/json' \
-d '{
"firstName": "First",
"lastName": "Last",
"email": "FirstLast@company.com",
"password": "password",
"roles":[
{
"key": "admin"
}
]
}'

curl -X GET \
https://api.cloud-elements.com/elements/api-v2/accounts/4022 \
-H 'authorization: User <USER_SECRET>, Organization <ORGANIZATION_SECRET>' \
-H 'content-type: application/json' \

curl -X PATCH \
https://api.cloud-elements.com/elements/api-v2/accounts/4022 \
-H 'authorization: User <USER_SECRET>, Organization <ORGANIZATION_SECRET>' \
-H 'content-type: application/json' \
-d '{
"name": "Updated Account",
"description": "This account is used to demonstrate a PATCH /instances request",
"externalId": "newRandomId"
}
'

curl -X GET \
https://api.cloud-elements.com/elements/api-v2/accounts/4046/users \
-H 'authorization: User <USER_SECRET>, Organization <ORGANIZATION_SECRET>' \
-H 'content-type: application/json' \

curl -X PATCH \
https://api.cloud-elements.com/elements/api-v2/accounts/4022 \
-H 'authorization: User <USER_SECRET>, Organization <ORGANIZATION_SECRET>' \
-H 'content-type: application/json' \
-d '{
"active": false
}
'

curl -X DELETE \
https://api.cloud-elements.com/elements/api-v2/accounts/4031 \
-H 'authorization: User <USER_SECRET>, Organization <ORGANIZATION_SECRET>' \
-H 'content-type: application/json' \

# End of seed 000.
