import { createElement } from 'lwc';
import App from 'x/app';
import { root } from '../pages/form.js';

root.append(createElement('x-app', { is: App }));
