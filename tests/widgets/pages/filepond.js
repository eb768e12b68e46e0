import * as FilePond from 'filepond';
import 'filepond/dist/filepond.css';
import { posts, root } from './form.js';

root.innerHTML = '<p><label for="one">Picture</label><input type="file" id="one" name="one"><p><label for="many">Papers</label><input type="file" id="many" name="many" multiple>';
const one = FilePond.create(document.querySelector('#one'), { storeAsFile: true });
const many = FilePond.create(document.querySelector('#many'), { storeAsFile: true });
posts('one', () => one.getFiles().map(({ filename }) => filename).join(','));
posts('many', () => many.getFiles().map(({ filename }) => filename).join(','));
