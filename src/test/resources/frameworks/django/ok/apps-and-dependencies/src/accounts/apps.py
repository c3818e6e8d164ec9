from django.apps import AppConfig

class AccountsConfig(AppConfig):
    name = "src.accounts"
    label = "people"
