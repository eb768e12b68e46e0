// Plugins look for it there.
import $ from 'jquery';
window.jQuery = $;
window.$ = $;
export default $;
