import Quill from 'quill';
import 'quill/dist/quill.snow.css';
import { posts, root } from './form.js';

root.innerHTML = '<p>Message</p><div id="snow"></div><p id="l">Remarks</p><div id="plain"></div>';
const snow = new Quill('#snow', { theme: 'snow' });
const plain = new Quill('#plain', { theme: 'snow', modules: { toolbar: false } });
plain.root.setAttribute('aria-labelledby', 'l');
posts('snow', () => snow.getText());
posts('plain', () => plain.getText());
