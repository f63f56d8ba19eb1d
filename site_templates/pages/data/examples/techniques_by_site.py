"""How many techniques are described for each site, and which bodies rate them?

Needs pandas. Start it with the address or the folder of the data: python techniques_by_site.py <data>
"""

import sys

import pandas as pd

data = sys.argv[1].rstrip("/")

# All columns as text: ids and values stay what they are; an empty cell stays empty.
said = pd.read_csv(f"{data}/indications.csv", dtype=str, keep_default_na=False)
ratings = pd.read_csv(f"{data}/evidence.csv", dtype=str, keep_default_na=False)
sites = pd.read_json(f"{data}/pain-sites.json").set_index("id")["name"]

# Only what a source describes: not what it only reports, and not what it speaks against.
described = said[(said["standing"] == "indicated") & (said["pain_site"] != "")]
techniques = described[["pain_site", "technique"]].drop_duplicates()

# Ratings of a class are shown with its members; here only what was rated for the technique itself.
own = ratings[ratings["technique"] == ratings["rated_for"]]
bodies = own.groupby("technique")["body"].agg(lambda names: set(names))

table = techniques.groupby("pain_site").agg(
    techniques=("technique", "size"),
    rating_bodies=("technique", lambda ids: len(set().union(*bodies.reindex(ids).dropna()))),
)
table.insert(0, "name", sites.reindex(table.index))
table = table.sort_values(["techniques", "name"], ascending=[False, True])
print(table.to_csv(lineterminator="\n"), end="")
