import Dropzone from 'dropzone';
import 'dropzone/dist/dropzone.css';
import { posts, root } from './form.js';

root.innerHTML = '<div id="zone" class="dropzone"></div>';
const zone = new Dropzone('#zone', { url: '/uploads', autoProcessQueue: false, addRemoveLinks: true });
posts('files', () => zone.files.map(({ name }) => name).join(','));
