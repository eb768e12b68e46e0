import $ from './jquery.js';
import 'summernote/dist/summernote-lite.css';
import { posts, root } from './form.js';

await import('summernote/dist/summernote-lite.js');
root.innerHTML = '<label for="m">Message</label><textarea id="m" name="message"></textarea>';
$('#m').summernote({ height: 120 });
posts('message', () => $('#m').summernote('code').replace(/<\/(p|div)>|<br>/g, '\n').replace(/<[^>]+>|&nbsp;/g, '').trim());
