import 'react-datepicker/dist/react-datepicker.css';
import { useState } from 'react';
import DatePicker from 'react-datepicker';
import { posts } from './form.js';
import { mount } from './react.jsx';

const held = {};
const two = (number) => String(number).padStart(2, '0');
for (const name of ['day', 'german', 'months']) {
  posts(name, () => (held[name] ? `${held[name].getFullYear()}-${two(held[name].getMonth() + 1)}-${two(held[name].getDate())}` : ''));
}
const Day = ({ label, name, ...more }) => {
  const [day, setDay] = useState(null);
  held[name] = day;
  return <p><label htmlFor={name}>{label}</label><br /><DatePicker id={name} selected={day} onChange={setDay} {...more} /></p>;
};
mount(<><Day label="Mailed on" name="day" /><p><input aria-label="Name" /> <input aria-label="Street" /></p><Day label="Lost on" name="german" dateFormat="dd.MM.yyyy" /><p><input aria-label="City" /> <input aria-label="State" /></p>
  <Day label="Found on" name="months" showMonthDropdown showYearDropdown dropdownMode="select" placeholderText="Choose a day" /></>);
