"""What is promised, the tests that prove it, and how each guard is removed so that its tests are seen to fail.

One TOML file an area; its name is the heading in SECURITY.md.

    [[promise]]
    says = "One plain sentence, as SECURITY.md prints it"
    guards = ["storage/blobs.py"]                        # where it is guarded
    tests = ["tests/integration/…/test_x.py::test_name"] # the cheapest that prove it; of several, each must pass
    [promise.broken]                                     # without the guard one of them must fail
    file = "storage/blobs.py"
    find = '''exact text, which occurs once in the file'''
    replace = '''what stands there instead'''

`python -m tests.promises` proves them, `--broken` breaks them, `--write` brings SECURITY.md up to date; names of areas
choose among them. What the list itself must be is checked by tests/unit/promises.
"""
