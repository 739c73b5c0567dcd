"""The identity provider (ProConnect, Pro Santé Connect…), when there is one: OpenID Connect through django-allauth."""

from typing import Any

from config.environment import text, url

OIDC_ISSUER = url("OIDC_ISSUER", schemes={"https", "http"})
IDENTITY_PROVIDERS: dict[str, Any] = {}
if OIDC_ISSUER:
    IDENTITY_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "identite",
                "name": text("OIDC_NAME", default="ProConnect"),
                "client_id": text("OIDC_CLIENT_ID"),
                "secret": text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
    }
