import tinymce from 'tinymce';
import 'tinymce/icons/default';
import 'tinymce/themes/silver';
import 'tinymce/models/dom';
import 'tinymce/skins/ui/oxide/skin.js';
import 'tinymce/skins/ui/oxide/content.js';
import 'tinymce/skins/content/default/content.js';
import { posts, root } from './form.js';

root.innerHTML = '<label for="m">Message</label><textarea id="m" name="message"></textarea><p id="l">Remarks</p><div id="inline" aria-labelledby="l" style="border: 1px solid; min-height: 60px"></div>';
const said = (id) => tinymce.get(id).getContent({ format: 'text' }).replace(/\n+/g, '\n');
const shared = { license_key: 'gpl', promotion: false, branding: false, skin: 'oxide', content_css: 'default' };
await tinymce.init({ ...shared, selector: '#m' });
await tinymce.init({ ...shared, selector: '#inline', inline: true });
posts('message', () => said('m'));
posts('inline', () => said('inline'));
