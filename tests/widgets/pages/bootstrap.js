import 'bootstrap';
import 'bootstrap/dist/css/bootstrap.css';
import { root } from './form.js';

root.innerHTML = `<div class="form-floating"><input class="form-control" id="name" name="name" placeholder="x">
<label for="name">Name</label></div>
<div class="input-group"><span class="input-group-text">@</span><input class="form-control" name="user" placeholder="User"></div>
<div class="form-floating"><select class="form-select" id="reason" name="reason"><option value="">Choose<option>Late<option>Lost</select>
<label for="reason">Reason</label></div>
<div class="form-check"><input class="form-check-input" type="checkbox" id="terms" name="terms"><label class="form-check-label" for="terms">I agree</label></div>
<div class="form-check form-switch"><input class="form-check-input" type="checkbox" role="switch" id="news" name="news"><label class="form-check-label" for="news">News</label></div>
<div class="btn-group" role="group" aria-label="Reply by">
<input type="radio" class="btn-check" name="reply" id="r1" value="email" autocomplete="off"><label class="btn btn-outline-primary" for="r1">Email</label>
<input type="radio" class="btn-check" name="reply" id="r2" value="phone" autocomplete="off"><label class="btn btn-outline-primary" for="r2">Phone</label></div>
<label for="volume" class="form-label">Volume</label><input type="range" class="form-range" id="volume" name="volume">
<label for="file" class="form-label">Picture</label><input class="form-control" type="file" id="file" name="file">`;
