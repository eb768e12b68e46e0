import Uppy from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import '@uppy/core/css/style.css';
import '@uppy/dashboard/css/style.css';
import { posts, root } from './form.js';

root.innerHTML = '<p>Papers</p><div id="zone"></div>';
const uppy = new Uppy().use(Dashboard, { inline: true, target: '#zone', height: 300 });
posts('files', () => uppy.getFiles().map(({ name }) => name).join(','));
