"""``pairmatch generate``: the tables of a synthetic province."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.stopping import Stopping
from pairmatch.report.folder import check_target
from pairmatch.synth import Province, generate_province
from pairmatch.synth.people import Geometry
from pairmatch.whole_folder import write_folder
from pairmatch.words import say
from pairmatch.workbooks.table_files import check_format


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Make a province and write it, whole or not at all."""
    check_target(arguments.folder)
    check_format(arguments.format)
    province = make_province(
        display,
        scale=arguments.scale,
        seed=arguments.seed,
        geometry=arguments.geometry,
        incumbents=arguments.incumbents,
    )
    display.phase("write_tables")
    write_folder(arguments.folder, lambda folder: province.write(folder, arguments.format))
    return Answer(
        ExitCode.DONE,
        province_text(province, arguments.folder, arguments.lang),
        province_document(province, arguments.folder),
    )


def make_province(
    display: Display,
    *,
    scale: float,
    seed: int,
    geometry: Geometry = "codes",
    incumbents: float = 0.0,
) -> Province:
    """Make a synthetic province, and show that it is being made.

    Raises
    ------
    OptionError
        If the scale is out of the generator's range.
    """
    display.phase("make_province")
    return generate_province(scale, seed, geometry, incumbents)


def province_text(province: Province, folder: Path, language: str) -> str:
    """Return what was made and where it is."""
    return say("command.province", province_document(province, folder), language)


def province_document(province: Province, folder: Path) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "folder": str(folder),
        "synthetic": True,
        "scale": province.scale,
        "seed": province.seed,
        "geometry": province.geometry,
        "cadres": province.cadres.num_rows,
        "recipients": province.recipients.num_rows,
        "units": province.units.num_rows,
        "areas": province.areas.num_rows,
        "current": 0 if province.current is None else province.current.num_rows,
    }
