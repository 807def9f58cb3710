"""The example in the README runs."""

import re

from conftest import ROOT


def test_the_readme_example_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "python/README.md").read_text()
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(compile(program, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "units," in printed and "FORMULA" in printed and "diabetes_predict" in printed
    assert (tmp_path / "diabetes.json").exists()
