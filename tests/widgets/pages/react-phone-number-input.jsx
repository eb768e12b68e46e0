import 'react-phone-number-input/style.css';
import { useState } from 'react';
import PhoneInput from 'react-phone-number-input';
import { posts } from './form.js';
import { mount } from './react.jsx';

const held = {};
posts('phone', () => held.phone ?? '');
posts('mobile', () => held.mobile ?? '');
const Phone = ({ label, name, ...more }) => {
  const [value, setValue] = useState();
  held[name] = value;
  return <p><label htmlFor={name}>{label}</label><PhoneInput id={name} value={value} onChange={setValue} {...more} /></p>;
};
mount(<><Phone label="Phone" name="phone" /><Phone label="Mobile" name="mobile" defaultCountry="US" /></>);
