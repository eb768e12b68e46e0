// The form that every page has: its fields are posted, and with them what a widget holds outside of any field.
document.documentElement.lang = 'en';
document.body.innerHTML = '<h1>A form</h1><form method="post" action="/posted"><div id="root"></div><p><button>Send</button></p></form>';
export const form = document.querySelector('form');
export const root = document.querySelector('#root');
// Widgets that post nothing themselves tell what they hold.
export const posts = (name, held) => form.addEventListener('formdata', ({ formData }) => formData.set(name, held()));
// Forms that send what they hold by a script of their own.
export const send = (data) => fetch('/posted', { method: 'POST', body: new URLSearchParams(data) });
// For libraries that bring a form of their own.
export const alone = () => {
  form.replaceWith(root);
  return root;
};
