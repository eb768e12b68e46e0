import Select from 'react-select';
import AsyncSelect from 'react-select/async';
import CreatableSelect from 'react-select/creatable';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'].map((label) => ({ label, value: label.toLowerCase() }));
const load = (typed) => new Promise((done) => {
  setTimeout(() => done(options.filter(({ label }) => label.startsWith(typed))), 200);
});
mount(<>
  <label htmlFor="one">Reason</label><Select inputId="one" name="one" options={options} />
  <label htmlFor="closed">Outcome</label><Select inputId="closed" name="closed" options={options} isSearchable={false} />
  <label htmlFor="many">Reasons</label><Select inputId="many" name="many" options={options} isMulti />
  <label htmlFor="made">Your reason</label><CreatableSelect inputId="made" name="made" options={options} />
  <label htmlFor="late">Found reason</label><AsyncSelect inputId="late" name="late" loadOptions={load} />
  <p id="wording">Named reason</p><Select aria-labelledby="wording" name="named" options={options} />
</>);
