import { LightningElement } from 'lwc';

const options = (...labels) => labels.map((label) => ({ label, value: label.toLowerCase() }));

// What Lightning holds it tells by events; the form posts it from there.
export default class App extends LightningElement {
  reasons = options('Late', 'Lost', 'Wet');
  ways = options('Email', 'Phone');
  none = [];
  held = {};

  connectedCallback() {
    document.querySelector('form').addEventListener('formdata', ({ formData }) => {
      for (const [name, value] of Object.entries(this.held)) formData.set(name, value);
    });
  }

  note({ target, detail }) {
    const boxed = ['checkbox', 'toggle'].includes(target.type);
    const files = detail.files && [...detail.files].map(({ name }) => name).join(',');
    this.held[target.dataset.name] = String(files ?? (boxed ? target.checked : detail.value));
  }
}
