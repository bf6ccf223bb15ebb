"""What `lisle -m name` does: finds a module and runs its source as __main__."""
import _import_core
import sys


def _source_of(name):
    package, _, tail = name.rpartition('.')
    if package:
        __import__(package)
        folders = getattr(sys.modules[package], '__path__', None)
        if folders is None:
            return None
    else:
        folders = sys.path
    for folder in folders:
        base = (folder or '.') + '/' + tail
        for path in (base + '/__init__.py', base + '.py'):
            try:
                with open(path, 'rb') as file:
                    return path, file.read(), path.endswith('/__init__.py')
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                pass
    return None


def _fail(text):
    print(f'{sys.executable or "lisle"}: {text}', file=sys.stderr)
    raise SystemExit(1)


def run_module_as_main(name, namespace):
    try:
        found = _source_of(name)
        package = name
        if found and found[2]:
            __import__(name)
            found = _source_of(name + '.__main__')
            if found is None:
                _fail(f"No module named {name}.__main__; '{name}' is a package and cannot be directly executed")
        else:
            package = name.rpartition('.')[0]
    except ModuleNotFoundError as error:
        _fail(f"Error while finding module specification for '{name}' (ModuleNotFoundError: {error})")
    if found is None:
        _fail(f'No module named {name}')
    path, source, _ = found
    sys.argv[0] = path
    namespace['__file__'] = path
    namespace['__cached__'] = _import_core.pycache_place(path)
    namespace['__package__'] = package
    exec(compile(source, path, 'exec'), namespace)
