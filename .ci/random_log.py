#!/usr/bin/env python3
"""A month of random incidents with times, types, casualties and states around the demonstration set, a few of them without
a time or a place, or with a place that is uncertain: a FeatureCollection on standard output."""
import json
import random

random.seed(20201025)
features = []
for number in range(600):
    properties = {"time": f"2020-10-{random.randint(1, 31):02}T{random.randint(0, 23):02}:{random.randint(0, 59):02}:00+04:00"}
    properties["type"] = random.choice(["small-arms fire", "shelling", "drone overflight", None, ""])
    properties["status"] = random.choice(["new", "open", "Settled", "under review", None])
    for name in ("killed", "wounded"):
        if random.random() < 0.8:
            properties[name] = random.choice([0, 0, 0, 1, 2, "3"])
    geometry = {"type": "Point", "coordinates": [round(random.uniform(46.2, 47.3), 6), round(random.uniform(39.3, 40.3), 6)]}
    kind = random.random()
    if kind < 0.04:
        geometry = None
    elif kind < 0.08:
        properties["uncertainty_m"] = random.choice([0, 200, 5000])
    elif kind < 0.11:
        properties["time"] = random.choice([None, "", "soon", "2020-10-12"])
    elif kind < 0.12:
        geometry = None
        properties |= {"observer_post": f"OP-{random.randint(1, 27):02}", "bearing": random.choice(["NNE", "SW", "E", "123"]),
                       "distance_m": random.choice(["800", "2 km", "9 km", "5.0 km"])}
    elif kind < 0.14:
        # A position like any other, written otherwise.
        properties["dms"], geometry = "39°%02d'10\"N 46°%02d'20\"E" % (random.randint(20, 59), random.randint(12, 59)), None
    features.append({"type": "Feature", "id": f"I-{number}", "properties": properties, "geometry": geometry})
print(json.dumps({"type": "FeatureCollection", "features": features}))
