"""Who may change the catalogue. Reading it is for everybody."""

import rules

from accounts.rules import may

rules.add_perm("catalogue.manage_catalogue", may("catalogue.manage_catalogue"))
# What Django's admin asks.
for model in ("product", "productpart", "service", "combination", "area"):
    for write in ("view", "add", "change", "delete"):
        rules.add_perm(f"catalogue.{write}_{model}", may("catalogue.manage_catalogue"))
