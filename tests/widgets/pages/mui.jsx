import { useState } from 'react';
import { Autocomplete, Checkbox, FormControl, FormControlLabel, FormLabel, InputLabel, MenuItem, Radio, RadioGroup,
  Rating, Select, Slider, Switch, TextField, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { posts } from './form.js';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'];
const items = options.map((each) => <MenuItem key={each} value={each}>{each}</MenuItem>);
const held = {};
for (const name of ['auto', 'autos', 'toggle']) posts(name, () => held[name] ?? '');
const Page = () => {
  const [toggle, setToggle] = useState(null);
  held.toggle = toggle;
  return <>
    <TextField label="Name" name="name" required defaultValue="x" /><TextField label="Message" name="message" multiline rows={3} />
    <TextField label="Reason" name="reason" select defaultValue="">{items}</TextField>
    <FormControl fullWidth><InputLabel id="l">Outcome</InputLabel>
      <Select labelId="l" id="s" label="Outcome" name="outcome" defaultValue="">{items}</Select></FormControl>
    <FormControl fullWidth><InputLabel id="m">Reasons</InputLabel>
      <Select labelId="m" id="ms" label="Reasons" name="reasons" multiple defaultValue={[]}>{items}</Select></FormControl>
    <Autocomplete options={options} onChange={(_, value) => { held.auto = value; }}
      renderInput={(params) => <TextField {...params} label="Found reason" />} />
    <Autocomplete options={options} multiple onChange={(_, value) => { held.autos = value.join(','); }}
      renderInput={(params) => <TextField {...params} label="Found reasons" />} />
    <FormControl><FormLabel id="r">Reply by</FormLabel><RadioGroup aria-labelledby="r" name="reply">
      <FormControlLabel value="email" control={<Radio />} label="Email" />
      <FormControlLabel value="phone" control={<Radio />} label="Phone" /></RadioGroup></FormControl>
    <FormControlLabel control={<Checkbox name="terms" />} label="I agree" />
    <FormControlLabel control={<Switch name="news" />} label="News" />
    <Typography id="v">Volume</Typography><Slider aria-labelledby="v" name="volume" defaultValue={50} step={5} />
    <div style={{ margin: 60 }}><Typography component="legend">Stars</Typography><Rating name="stars" /></div>
    <ToggleButtonGroup exclusive aria-label="Size" value={toggle} onChange={(_, value) => setToggle(value)}>
      <ToggleButton value="small">Small</ToggleButton><ToggleButton value="large">Large</ToggleButton></ToggleButtonGroup>
  </>;
};
mount(<Page />);
