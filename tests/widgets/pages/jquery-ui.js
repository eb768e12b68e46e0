import $ from './jquery.js';
import { root } from './form.js';
import 'jquery-ui/themes/base/all.css';

root.innerHTML = `<p><label>Mailed on <input id="day" name="day"></label>
<p><label>Found on <input id="closed" name="closed" readonly></label>
<p><label>Sent on <input id="weeks" name="weeks" readonly></label>
<p><label for="pick">Reason</label> <select id="pick" name="pick"><option>Late<option>Lost<option>Wet</select>
<p><label>City <input id="city" name="city"></label>
<p><label>Copies <input id="copies" name="copies" value="1"></label>
<p><label><input type="checkbox" id="terms" name="terms"> I agree</label>
<fieldset id="reply"><legend>Reply by</legend><label><input type="radio" name="reply" value="email"> Email</label>
<label><input type="radio" name="reply" value="phone"> Phone</label></fieldset>`;
await import('./jquery-ui-widgets.js');
$('#day').datepicker();
$('#closed').datepicker({ changeMonth: true, changeYear: true, showOtherMonths: true, selectOtherMonths: true });
$('#weeks').datepicker({ numberOfMonths: 2, showWeek: true });
$('#pick').selectmenu();
$('#city').autocomplete({ source: ['Ely', 'Reston', 'Restview'], delay: 100 });
$('#copies').spinner();
$('#terms').checkboxradio();
$('#reply input').checkboxradio();
