#!/usr/bin/env bash
# The curl commands of seed 001, in printed order. Replace the host, then run.
# Mended:
# - the first URL is put in quotes: without them its & would end the command;
# - an escaped space before the backslash is taken out of the second command's authorization line:
#   curl would take it for another URL;
# - the quote that "roles has lost in the body of the PATCH is put back: it was not JSON.
# Moved: the POST is printed before the PATCH. Its email is that of user 178592, whom the GET before
# it needs, so it comes after the DELETE.

curl -X GET \
'https://api.cloud-elements.com/elements/api-v2/accounts/156162/users?where=active%3D%true%60&offset=0&pageSize=100' \
-H 'authorization: User sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi, Organization 58168435e3b9959a929eb04b6218b9a2' \
-H 'Content-Type: application/json' \

curl -X GET \
  https://api.cloud-elements.com/elements/api-v2/accounts/161268/users/firstlast@cloud-elements.com\
  -H 'authorization: User sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi, Organization 58168435e3b9959a929eb04b6218b9a2' \
  -H 'Content-Type:application/json' \
  -H 'Elements-User-Password:password' \

curl -X PATCH \
  https://api.cloud-elements.com/elements/api-v2/accounts/161268/users/178592 \
  -H 'authorization: User sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi, Organization 58168435e3b9959a929eb04b6218b9a2' \
  -H 'content-type: application/json' \
  -d '{
  "firstName": "First",
  "lastName": "Last",
  "email": "firstlast@cloud-elements.com",
  "password": "password",
  "roles":[
    {
    "key": "admin"
  }
 ]
}
'

curl -X DELETE \
  https://api.cloud-elements.com/elements/api-v2/accounts/161268/users/178592 \
  -H 'authorization: User sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi, Organization 58168435e3b9959a929eb04b6218b9a2' \
  -H 'content-type: application/json' \

curl -X POST \
  https://api.cloud-elements.com/elements/api-v2/accounts/161268/users \
  -H 'authorization: User sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi, Organization 58168435e3b9959a929eb04b6218b9a2' \
  -H 'content-type: application/json' \
  -d '{
  "firstName": "First",
  "lastName": "Last",
  "email": "firstlast@cloud-elements.com",
  "password": "password",
  "roles":[
    {
      "key": "admin"
    }
  ]
}
'
