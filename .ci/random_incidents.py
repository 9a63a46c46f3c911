"""Incidents all over the globe, half of them around the demonstration set, as GeoJSON lines. Seeded."""
import math
import random
import sys

rng = random.Random(27)
for i in range(int(sys.argv[1])):
    if i % 2:
        lon, lat = rng.uniform(45.5, 47.6), rng.uniform(39.2, 40.6)
    else:
        lon, lat = rng.uniform(-180, 180), math.degrees(math.asin(rng.uniform(-1, 1)))
    print('{"type":"Feature","id":%d,"properties":{},"geometry":{"type":"Point","coordinates":[%r,%r]}}' % (i, lon, lat))
