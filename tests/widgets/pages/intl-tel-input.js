import intlTelInput from 'intl-tel-input';
import 'intl-tel-input/dist/css/intlTelInput.css';
import { posts, root } from './form.js';

root.innerHTML = '<p><label for="mobile">Mobile</label> <input id="mobile" name="mobile" type="tel">';
const field = intlTelInput(document.querySelector('#mobile'), { initialCountry: 'us' });
posts('country', () => field.getSelectedCountryData().iso2);
