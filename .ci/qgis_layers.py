#!/usr/bin/python3
"""Opens every layer that `patrol` writes in QGIS and with OGR: styles load, types are right, all is drawn.

Usage: qgis_layers.py PATROL FOLDER [PICTURE.png]
FOLDER takes the layers; the demonstration set is read from data/. Without python3-qgis only OGR looks.
"""
import json, os, subprocess, sys

patrol, folder = sys.argv[1], sys.argv[2]
picture = sys.argv[3] if len(sys.argv) > 3 else os.path.join(folder, "layers.png")
data, log = "data/karabakh-2020", "tests/fixtures/sightings/log.csv"
posts, routes = ["--posts", f"{data}/posts.geojson"], ["--routes", f"{data}/routes.geojson"]


def run(*words):
    subprocess.run([patrol, *words, "--force"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def out(name):
    return os.path.join(folder, name)


common = [*posts, *routes, "--simplestyle", "--qml"]
run("annotate", *common, "--incidents", f"{data}/incidents.geojson", "--output", out("incidents.geojson"),
    "--connectors", out("connectors.geojson"))
run("annotate", *common, "--incidents", log, "--prefix", "near_", "--output", out("log.geojson"),
    "--regions", out("regions.geojson"), "--connectors", out("log-connectors.geojsonl.gz"))
run("coverage", *common, "--radius", "5000", "--output", out("coverage.geojson"), "--gaps", out("gaps.geojson"),
    "--suggest", "3", "--suggestions", out("suggestions.geojson"))
run("beats", *common, "--output", out("beats.geojson"), "--sectors", out("sectors.geojson"), "--within", "corridors")
run("corridors", *routes, "--simplestyle", "--qml", "--output", out("corridors.geojson"))
# The same layers in one GeoPackage each; whether the build has GeoPackage is asked below.
has_packages = subprocess.run([patrol, "annotate", *common, "--incidents", log, "--prefix", "near_", "--force", "--output", out("log.gpkg"),
                               "--regions", out("log.gpkg"), "--connectors", out("log.gpkg#log-connectors")],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode in (0, 1)
# A layer of a GeoPackage, and the file of features that has the same.
PACKED = {}
if has_packages:
    run("coverage", *common, "--radius", "5000", "--output", out("coverage.gpkg"), "--gaps", out("coverage.gpkg"),
        "--suggest", "3", "--suggestions", out("coverage.gpkg"))
    PACKED = {("log.gpkg", "incidents"): "log.geojson", ("log.gpkg", "regions"): "regions.geojson",
              ("log.gpkg", "log-connectors"): "log-connectors.geojsonl.gz", ("coverage.gpkg", "coverage"): "coverage.geojson",
              ("coverage.gpkg", "gaps"): "gaps.geojson", ("coverage.gpkg", "suggestions"): "suggestions.geojson"}
else:
    print("GeoPackage: skipped, the build has none")

# Of each layer: the geometries, and fields with the types of OGR. A list has a type of its own.
STRING, REAL, WHOLE, LIST = "String", "Real", "Integer", "StringList"
BOOL = "Integer(Boolean)"
STROKE = {"stroke": STRING, "stroke-width": (WHOLE, REAL)}
FILL = {**STROKE, "fill": STRING, "fill-opacity": REAL}
MARKER = {"marker-color": STRING, "marker-symbol": STRING}
ANNOTATED = {"post_id": STRING, "post_distance_m": REAL, "post_bearing_deg": REAL, "route_id": STRING,
             "route_chainage_m": REAL, "route_side": STRING, "in_corridor": BOOL, "corridors": LIST}
LINES, AREAS = {"LineString", "MultiLineString"}, {"Polygon", "MultiPolygon"}
CONNECTOR = {"connector": STRING, "incident_number": WHOLE, "incident_id": STRING, "post_id": STRING,
             "route_id": STRING, "distance_m": REAL, "bearing_deg": REAL, "chainage_m": REAL, "side": STRING, **STROKE}
ALONG = {"route_id": STRING, "from_m": REAL, "to_m": REAL, "length_m": REAL, **STROKE}
NEAR = {f"near_{name}": kind for name, kind in ANNOTATED.items()}
CERTAIN = {"near_post_certain": BOOL, "near_route_certain": BOOL, "near_location_area_km2": REAL, **NEAR, **MARKER}
LAYERS = {
    "incidents.geojson": ({"Point"}, {"id": STRING, **ANNOTATED, **MARKER}),
    "connectors.geojson": (LINES, CONNECTOR),
    "log.geojson": ({"Point", None}, CERTAIN),
    "regions.geojson": ({"Point", *LINES, *AREAS}, {**CERTAIN, **FILL}),
    # The log has no ids: a column of nothing but nulls is text to OGR.
    "log-connectors.geojsonl.gz": (LINES, CONNECTOR),
    "coverage.geojson": (LINES, {**ALONG, "post_count": WHOLE, "post_ids": ("String(JSON)", LIST)}),
    "gaps.geojson": (LINES, {**ALONG, "rank": WHOLE}),
    "suggestions.geojson": ({"Point"}, {"rank": WHOLE, "gain_m": REAL, "candidate_id": STRING, **MARKER}),
    "beats.geojson": (LINES, {**ALONG, "post_id": STRING}),
    "sectors.geojson": (AREAS, {"post_id": STRING, "area_km2": REAL, **FILL}),
    "corridors.geojson": (AREAS, {"id": STRING, "corridor": STRING, "route_ids": LIST, "half_width_m": (REAL, WHOLE),
                                  "area_km2": REAL, **FILL}),
}
faults = []


def hold(right, what):
    if not right:
        faults.append(what)


def features(name):
    import gzip
    text = (gzip.open if name.endswith(".gz") else open)(out(name), "rt", encoding="utf-8").read()
    if ".geojsonl" in name:
        return [json.loads(line) for line in text.splitlines()]
    return json.loads(text)["features"]


def kind_of(feature):
    return feature["geometry"] and feature["geometry"]["type"]


for name, (kinds, fields) in LAYERS.items():
    found = features(name)
    hold(found, f"{name}: no features")
    hold({kind_of(feature) for feature in found} <= kinds, f"{name}: {set(map(kind_of, found))}, expected {kinds}")
    # OGR tells an extension behind .gz not by itself.
    source = out(name) if not name.endswith(".gz") else f"GeoJSONSeq:/vsigzip/{out(name)}"
    told = subprocess.run(["ogrinfo", "-ro", "-so", "-al", source], capture_output=True, text=True).stdout
    types = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
    hold(types.get("Feature Count") == str(len(found)), f"{name}: ogrinfo counts {types.get('Feature Count')}")
    for field, expected in fields.items():
        got = types.get(field, "nothing").split(" (")[0]
        allowed = (expected,) if isinstance(expected, str) else expected
        hold(got in allowed, f"{name}: ogrinfo has {field} as {got}, expected {allowed}")
print(f"ogrinfo: {len(LAYERS)} layers")


def ask(file, sql):
    told = subprocess.run(["ogrinfo", "-q", out(file), "-sql", sql], capture_output=True, text=True)
    hold(told.returncode == 0 and "ERROR" not in told.stderr, f"{file}: {sql}: {told.stderr}")
    return [line.split(" = ", 1)[1] for line in told.stdout.splitlines() if " = " in line]


for (file, layer), same in PACKED.items():
    found = features(same)
    told = subprocess.run(["ogrinfo", "-ro", "-so", out(file), layer], capture_output=True, text=True)
    hold(not told.stderr, f"{file} {layer}: {told.stderr}")
    hold(f"Feature Count: {len(found)}" in told.stdout, f"{file} {layer}: another count than {same}")
    hold(ask(file, f"SELECT HasSpatialIndex('{layer}', 'geom')") == ["1"], f"{file} {layer}: no spatial index")
    wrong = (f'SELECT count(*) FROM "{layer}" LEFT JOIN "rtree_{layer}_geom" ON id = fid WHERE (geom IS NULL) <> (id IS NULL) '
             "OR geom NOT NULL AND NOT (minx <= ST_MinX(geom) AND maxx >= ST_MaxX(geom) AND miny <= ST_MinY(geom) "
             "AND maxy >= ST_MaxY(geom) AND maxx - minx <= ST_MaxX(geom) - ST_MinX(geom) + 1e-4 "
             "AND maxy - miny <= ST_MaxY(geom) - ST_MinY(geom) + 1e-4)")
    hold(ask(file, wrong) == ["0"], f"{file} {layer}: the index has other bounds")
    style = ask(file, f"SELECT count(*) FROM layer_styles WHERE f_table_name = '{layer}' AND f_geometry_column = 'geom' AND useAsDefault")
    hold(style == ["1"], f"{file} {layer}: no style")
# The triggers keep the index right when somebody edits.
if PACKED:
    held = 'SELECT group_concat(id) FROM (SELECT id FROM "rtree_suggestions_geom" ORDER BY id)'
    for edit, expected in [("UPDATE suggestions SET geom = NULL WHERE fid = 2", "1,3"), ("UPDATE suggestions SET fid = 9 WHERE fid = 3", "1,9"),
                           ("UPDATE suggestions SET geom = (SELECT geom FROM suggestions WHERE fid = 9) WHERE fid IN (1, 2)", "1,2,9"),
                           ("INSERT INTO suggestions (fid, geom) SELECT 12, geom FROM suggestions WHERE fid = 1", "1,2,9,12"),
                           ("DELETE FROM suggestions WHERE fid = 1", "2,9,12")]:
        ask("coverage.gpkg", edit)
        hold(ask("coverage.gpkg", held) == [expected], f"{edit}: the index has {ask('coverage.gpkg', held)}, expected {expected}")
    print(f"ogrinfo: {len(PACKED)} layers of GeoPackages, with index and style")

os.environ["QT_QPA_PLATFORM"] = "offscreen"
try:
    from qgis.core import (QgsApplication, QgsCategorizedSymbolRenderer, QgsCoordinateReferenceSystem, QgsExpression,
                           QgsMapRendererParallelJob, QgsMapSettings, QgsRenderContext, QgsRuleBasedRenderer, QgsVectorLayer, QgsWkbTypes, Qgis)
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
except ImportError:
    print("QGIS: skipped, python3-qgis is not installed")
    sys.exit("\n".join(faults) or None)

app = QgsApplication([], False)
app.initQgis()
# What QGIS makes of the types of OGR.
IN_QGIS = {"String(JSON)": {"JSON"}, STRING: {"String"}, REAL: {"Real"}, WHOLE: {"Integer", "Integer64"}, LIST: {"StringList"},
           BOOL: {"Boolean", "Integer(Boolean)"}}
layers = []
for name, (kinds, fields) in LAYERS.items():
    found = features(name)
    source = out(name) if not name.endswith(".gz") else f"/vsigzip/{out(name)}"
    shapes = [("Point", "Point")] * any("Point" in (kind or "") for kind in kinds)
    shapes += [("Line", "LineString")] * any("Line" in (kind or "") for kind in kinds)
    shapes += [("Polygon", "Polygon")] * any("Polygon" in (kind or "") for kind in kinds)
    total = 0
    for shape, _ in shapes:
        uri = source if len(shapes) == 1 else f"{source}|geometrytype={shape if shape != 'Line' else 'LineString'}"
        layer = QgsVectorLayer(uri, f"{name} {shape}", "ogr")
        hold(layer.isValid(), f"{name}: QGIS does not open it")
        if not layer.isValid():
            continue
        message, loaded = layer.loadDefaultStyle()
        hold(loaded, f"{name}: the style does not load by itself: {message}")
        message, loaded = layer.loadNamedStyle(layer.styleURI())
        hold(loaded, f"{name}: the style does not load: {message}")
        renderer = layer.renderer()
        hold(isinstance(renderer, (QgsCategorizedSymbolRenderer, QgsRuleBasedRenderer)), f"{name}: {renderer.type()}")
        hold(layer.labelsEnabled(), f"{name}: no labels")
        total += layer.featureCount()
        # Every feature has a symbol that fits, and a text for its label without an error.
        context = QgsRenderContext()
        expression_context = layer.createExpressionContext()
        context.setExpressionContext(expression_context)
        renderer.startRender(context, layer.fields())
        # Not the settings' own expression: they would be gone before it.
        label = QgsExpression(layer.labeling().settings().fieldName)
        used = set()
        for feature in layer.getFeatures():
            expression_context.setFeature(feature)
            context.setExpressionContext(expression_context)
            hold(label.evaluate(expression_context) is not None and not label.hasEvalError(),
                 f"{name}: label: {label.evalErrorString()}")
            if feature.hasGeometry():
                symbols = renderer.symbolsForFeature(feature, context)
                want = {"Point": 0, "Line": 1, "Polygon": 2}[shape]
                hold(symbols and all(s.type() == want for s in symbols), f"{name}: feature {feature.id()}: {symbols}")
                used |= set(renderer.legendKeysForFeature(feature, context))
        renderer.stopRender(context)
        print(f"  {name} {shape}: {layer.featureCount()} features, {len(used)} of {len(renderer.legendSymbolItems())} classes")
        for field, expected in fields.items():
            at = layer.fields().indexOf(field)
            got = layer.fields().at(at).typeName() if at >= 0 else "nothing"
            allowed = (expected,) if isinstance(expected, str) else expected
            hold(any(got in IN_QGIS[kind] for kind in allowed), f"{name}: QGIS has {field} as {got}, expected {allowed}")
        layers.append(layer)
    hold(total == len(found), f"{name}: QGIS counts {total} features of {len(found)}")

for (file, name), same in PACKED.items():
    uri = f"{out(file)}|layername={name}"
    first = QgsVectorLayer(uri, f"{file} {name}", "ogr")
    hold(first.isValid(), f"{file} {name}: QGIS does not open it")
    hold(first.hasSpatialIndex() == Qgis.SpatialIndexPresence.Present if hasattr(Qgis, "SpatialIndexPresence") else True,
         f"{file} {name}: QGIS finds no index")
    # A layer loads the style of the file by itself.
    hold(isinstance(first.renderer(), (QgsCategorizedSymbolRenderer, QgsRuleBasedRenderer)) and first.labelsEnabled(),
         f"{file} {name}: QGIS draws it as {first.renderer().type()}")

# The picture: all layers, those on the ground at the bottom.
order = ["suggestions", "incidents", "log.", "connectors", "log-conn", "gaps", "regions", "coverage", "beats", "sectors", "corridors"]
rank = lambda layer: next((i for i, start in enumerate(order) if layer.name().startswith(start)), 99)
settings = QgsMapSettings()
settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32638"))
settings.setBackgroundColor(QColor("white"))
settings.setOutputSize(QSize(1800, 1800))


def draw(of, path):
    settings.setLayers(sorted(of, key=rank))
    settings.setExtent(settings.fullExtent())
    extent = settings.visibleExtent()
    extent.scale(1.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    hold(image.save(path), f"{path}: not written")
    white = QColor("white").rgb()
    drawn = sum(image.pixel(x, y) != white for x in range(0, 1800, 6) for y in range(0, 1800, 6))
    hold(drawn > 500, f"{path}: only {drawn} of 90000 points are drawn")
    hold(not job.errors(), f"{path}: {[e.message for e in job.errors()]}")


draw([layer for layer in layers if not layer.name().startswith(("beats", "sectors", "log", "regions"))], picture)
draw([layer for layer in layers if layer.name().startswith(("log", "regions"))], picture.replace(".png", "-log.png"))
draw([layer for layer in layers if layer.name().startswith(("beats", "sectors"))], picture.replace(".png", "-beats.png"))
print(f"QGIS {Qgis.QGIS_VERSION}: {len(layers)} layers drawn in {picture} and two more")
sys.stdout.flush()
if faults:
    print("\n".join(faults), file=sys.stderr)
# QGIS may fall over its own feet while it is taken down.
os._exit(1 if faults else 0)
