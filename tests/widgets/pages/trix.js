import 'trix';
import 'trix/dist/trix.css';
import { root } from './form.js';

root.innerHTML = `<label for="t">Message</label><input id="h" type="hidden" name="message"><trix-editor id="t" input="h"></trix-editor>
<label>Remarks <input id="h2" type="hidden" name="remarks"><trix-editor input="h2"></trix-editor></label>`;
