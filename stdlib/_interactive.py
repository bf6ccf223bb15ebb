"""What people at a prompt use: the hook of breakpoint(), and the words exit, quit, help, license as a prompt shows them."""
import sys


def breakpointhook(*args, **kws):
    """Call what PYTHONBREAKPOINT names: the debugger, unless it says otherwise; nothing at all for "0"."""
    import os
    name = os.environ.get('PYTHONBREAKPOINT') or 'pdb.set_trace'
    if name == '0':
        return None
    module_name, _, function_name = name.rpartition('.')
    module_name = module_name or 'builtins'
    try:
        module = __import__(module_name, fromlist=[function_name])
        function = getattr(module, function_name)
    except (ImportError, AttributeError, ValueError):
        import warnings
        warnings.warn(f'Ignoring unimportable $PYTHONBREAKPOINT: "{name}"', RuntimeWarning)
        return None
    return function(*args, **kws)


def prepare_prompt():
    """Give the names that a prompt offers texts that say how to use them."""
    import builtins
    import _sitebuiltins
    builtins.exit = _sitebuiltins.Quitter('exit', 'Ctrl-D (i.e. EOF)')
    builtins.quit = _sitebuiltins.Quitter('quit', 'Ctrl-D (i.e. EOF)')
    builtins.help = _sitebuiltins._Helper()
    builtins.copyright = _sitebuiltins._Printer('copyright', sys.copyright)
    builtins.credits = _sitebuiltins._Printer('credits', 'Lisle is written by its contributors.')
    builtins.license = _sitebuiltins._Printer('license', 'See the file LICENSE of the distribution.')
