"""A small vocabulary with every shape that matching knows, so that few random people already meet each other often."""

from peermatch.model.reference import Reference

CHARACTERISTICS = """
group = [{id="sea", label="Sea"}, {id="land", label="Land"}, {id="void", label="Void"}]
[[term]]
id = "sea.whale"
label = "Whale"
broader = "sea"
related = [{id="land.horse", strength=0.4}]
[[term]]
id = "sea.whale.orca"
label = "Orca"
broader = "sea.whale"
related = [{id="sea.squid", strength=0.8}, {id="sea.whale", strength=0.6}]
[[term]]
id = "sea.whale.orca.calf"
label = "Infant"
broader = "sea.whale.orca"
[[term]]
id = "sea.squid"
label = "Squid"
broader = "sea"
related = [{id="sea.whale.orca", strength=0.3}, {id="land.horse", strength=0.25}]
[[term]]
id = "land.horse"
label = "Horse"
broader = "land"
[[term]]
id = "land.horse.foal"
label = "Foal"
broader = "land.horse"
related = [{id="land.horse", strength=0.3}]
[[term]]
id = "land.mouse"
label = "Mouse"
broader = "land"
"""

SPECIALTIES = """
group = [{id="all", label="All"}]
similarity_group = [{id="hands", label="Hands", strength=0.7}, {id="heads", label="Heads"}]
[[specialty]]
id = "surgery"
label = "Surgery"
group = "all"
kind = "specialty"
similar = ["hands"]
[[specialty]]
id = "dentistry"
label = "Dentistry"
group = "all"
kind = "specialty"
similar = ["hands", "heads"]
[[specialty]]
id = "neurology"
label = "Neurology"
group = "all"
kind = "specialty"
similar = ["heads"]
[[specialty]]
id = "pathology"
label = "Pathology"
group = "all"
kind = "specialty"
"""

GRADES = """
group = [{id="x", label="X"}]
band = [{id="band", label="Band"}]
grade = [
  {id="st1", label="Specialty trainee 1", short="ST1", band="band", order=10},
  {id="ct1", label="Core trainee 1", short="CT1", band="band", order=10},
  {id="st4", label="Specialty trainee 4", short="ST4", band="band", order=40},
  {id="fellow", label="Fellow", short="Fellow", band="band", order=45, equivalent=["st4"]},
  {id="st8", label="Specialty trainee 8", short="ST8", band="band", order=80},
]
"""

ORGANISATIONS = """
region = [{id="north", label="North"}]
[[organisation]]
id = "old"
name = "Old Trust"
kind = "trust"
region = "north"
status = "closed"
successors = ["new", "other"]
[[organisation]]
id = "oldest"
name = "Oldest Trust"
kind = "trust"
region = "north"
status = "closed"
successors = ["old"]
[[organisation]]
id = "coast"
name = "Coast Trust"
kind = "trust"
region = "north"
status = "open"
town = "Seaby"
[[organisation]]
id = "new"
name = "New Trust"
kind = "trust"
region = "north"
status = "open"
town = "Millford"
latitude = 53.40
longitude = -2.20
[[organisation]]
id = "other"
name = "Other Trust"
kind = "trust"
region = "north"
status = "open"
town = "Farhaven"
latitude = 53.75
longitude = -2.75
[[organisation]]
id = "alone"
name = "Lone Trust"
kind = "trust"
region = "north"
status = "open"
town = "Nowhere"
[[site]]
id = "new-site"
name = "New Hospital"
organisation = "new"
town = "Millford"
latitude = 53.50
longitude = -2.30
[[site]]
id = "old-site"
name = "Old Hospital"
organisation = "old"
town = "Millford"
[[town]]
id = "t1"
name = "Seaby"
also_written = ["Sea-by"]
latitude = 53.42
longitude = -2.90
"""

SIGNPOSTS = ""

SMALL = Reference.parse(
    {
        "characteristics": CHARACTERISTICS,
        "specialties": SPECIALTIES,
        "grades": GRADES,
        "organisations": ORGANISATIONS,
        "signposts": SIGNPOSTS,
    }
)
