import $ from './jquery.js';
import '@selectize/selectize';
import '@selectize/selectize/dist/css/selectize.css';
import { root } from './form.js';

const options = '<option>Late<option>Lost<option>Lost and found<option>Wet';
root.innerHTML = `<p><label for="made">Words</label> <input id="made" name="made">
<p><label>Name <input></label>
<p><label for="many">Reasons</label> <select id="many" name="many" multiple>${options}</select>
<p><label>Street <input></label>
<p><label for="one">Reason</label> <select id="one" name="one"><option value="">Choose</option>${options}</select>`;
$('#one').selectize();
$('#many').selectize();
$('#made').selectize({ create: true, persist: false });
