import { AdapterDayjs } from '@mui/x-date-pickers/AdapterDayjs';
import { DateField, DatePicker, LocalizationProvider, MobileDatePicker } from '@mui/x-date-pickers';
import { posts } from './form.js';
import { mount } from './react.jsx';

const held = {};
const holds = (name) => {
  posts(name, () => held[name] ?? '');
  return (value) => { held[name] = value?.isValid() ? value.format('YYYY-MM-DD') : ''; };
};
mount(<LocalizationProvider dateAdapter={AdapterDayjs}>
  <DatePicker label="Mailed on" onChange={holds('picked')} /><DateField label="Lost on" onChange={holds('typed')} />
  <MobileDatePicker label="Found on" onChange={holds('mobile')} />
</LocalizationProvider>);
