import SlimSelect from 'slim-select';
import 'slim-select/styles';
import { root } from './form.js';

const options = '<option>Late<option>Lost<option>Lost and found<option>Wet';
root.innerHTML = `<p><label for="one">Reason</label> <select id="one" name="one"><option data-placeholder="true" value="">Choose</option>${options}</select>
<p><label for="closed">Outcome</label> <select id="closed" name="closed">${options}</select>
<p><label for="many">Reasons</label> <select id="many" name="many" multiple>${options}</select>`;
new SlimSelect({ select: '#one' });
new SlimSelect({ select: '#closed', settings: { showSearch: false } });
new SlimSelect({ select: '#many' });
