import 'jquery-ui/dist/jquery-ui.js';
