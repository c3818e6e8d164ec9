AUTH_USER_MODEL = "people.User"
