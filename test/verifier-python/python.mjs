// Runs judge.py on the Python that comes from npm: reads the cases from the standard input, one a line.
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

const python = await loadPyodide();
python.mountNodeFS('/verifier', fileURLToPath(new URL('.', import.meta.url)));
python.globals.set('lines', await text(process.stdin));
const said = python.runPython(`
import io, sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/verifier")
import judge
said = io.StringIO()
judge.main(lines.splitlines(), said)
said.getvalue()
`);
process.stdout.write(said);
