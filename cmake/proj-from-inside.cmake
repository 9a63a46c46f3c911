# PROJ looks for its database on disk first: a proj.db in the working directory, or an older one that PROJ_DATA
# points to (QGIS and conda set it), breaks every look-up. A PROJ built with this uses the database inside it only.
# Nothing is lost by that: a PROJ built from source is built without TIFF, and so reads no grids anyway. To build one
# that looks on disk all the same: CMAKE_TOOLCHAIN_FILE= cargo build ...
set(EMBED_RESOURCE_FILES ON CACHE BOOL "the database is part of the library")
set(USE_ONLY_EMBEDDED_RESOURCE_FILES ON CACHE BOOL "and nothing on disk is asked")
set(EMBED_PROJ_DATA_PATH OFF CACHE BOOL "nor where it was built")
