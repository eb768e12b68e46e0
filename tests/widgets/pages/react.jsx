import { createRoot } from 'react-dom/client';
import { root } from './form.js';
export const mount = (tree) => createRoot(root).render(tree);
