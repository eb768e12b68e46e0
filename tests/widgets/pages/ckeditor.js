import { Bold, ClassicEditor, Essentials, Italic, Paragraph } from 'ckeditor5';
import 'ckeditor5/ckeditor5.css';
import { posts, root } from './form.js';

root.innerHTML = '<label for="m">Message</label><textarea id="m" name="message"></textarea>';
const options = { licenseKey: 'GPL', plugins: [Essentials, Paragraph, Bold, Italic], toolbar: ['bold', 'italic'] };
const editor = await ClassicEditor.create(document.querySelector('#m'), options);
posts('message', () => editor.getData().replace(/<\/p>/g, '\n').replace(/<[^>]+>|&nbsp;/g, '').trim());
