"""Files of external models are written from the published warehouse, each whole or not at all."""

from runner.compile.external_file import ExternalFile
from runner.engine.materialization import write_external
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, RunnerError, disk_error
from runner.model import Model
from runner.orchestrate.running_build import Build


def write_external_files(build: Build) -> None:
    """Write the files of the external models that ran, where the build is published (B1)."""
    if not build.is_published:
        return
    written = [
        (item.model, item.external, item.kind)
        for name, item in build.compiled.models.items()
        if item.external and name in build.results and build.results[name].status == "success"
    ]
    if not written:
        return
    with build.store.open() as warehouse:
        for model, external, kind in written:
            try:
                _write(build, warehouse, model, external)
            except ExecutionError as error:
                warehouse.recover()
                build.record_failure(model.name, kind, error)


def _write(build: Build, warehouse: Warehouse, model: Model, external: ExternalFile) -> None:
    path = build.workspace.generated / "external" / external.path
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_external(warehouse, model, part, external.format, external.options)
        part.replace(path)
    except OSError as error:
        failure: RunnerError = disk_error(error)
        raise ExecutionError(f"{model.name}: {failure.message}", hint=failure.hint) from error
    finally:
        part.unlink(missing_ok=True)
