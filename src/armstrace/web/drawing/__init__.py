"""Pictures as numbers: where each line, bar and word of an SVG goes.

Pure: read models in, frozen dataclasses of coordinates out. Templates under
``templates/drawing`` write the SVG; every colour comes from the style sheet.
"""
