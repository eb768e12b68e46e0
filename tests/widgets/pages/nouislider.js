import noUiSlider from 'nouislider';
import 'nouislider/dist/nouislider.css';
import { posts, root } from './form.js';

root.innerHTML = `<p id="l">Volume</p><div id="one"></div><br><p>Price</p><div id="two"></div>`;
const [one, two] = ['one', 'two'].map((id) => document.querySelector(`#${id}`));
noUiSlider.create(one, { start: 50, step: 5, range: { min: 0, max: 100 }, handleAttributes: [{ 'aria-labelledby': 'l' }] });
noUiSlider.create(two, { start: [20, 80], step: 5, range: { min: 0, max: 100 }, handleAttributes: [{ 'aria-label': 'From' }, { 'aria-label': 'To' }] });
posts('one', () => String(Number(one.noUiSlider.get())));
posts('two', () => two.noUiSlider.get().map(Number).join(','));
