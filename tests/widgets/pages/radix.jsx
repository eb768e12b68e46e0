import { Checkbox, Label, RadioGroup, Select, Slider, Switch } from 'radix-ui';
import { mount } from './react.jsx';

mount(<>
  <Label.Root htmlFor="one">Reason</Label.Root>
  <Select.Root name="one"><Select.Trigger id="one"><Select.Value placeholder="Choose" /></Select.Trigger>
    <Select.Portal><Select.Content><Select.Viewport>{['Late', 'Lost', 'Wet'].map((each) => (
      <Select.Item key={each} value={each.toLowerCase()}><Select.ItemText>{each}</Select.ItemText></Select.Item>
    ))}</Select.Viewport></Select.Content></Select.Portal></Select.Root>
  <p><Checkbox.Root name="terms" id="terms"><Checkbox.Indicator>x</Checkbox.Indicator></Checkbox.Root>
    <Label.Root htmlFor="terms">I agree</Label.Root></p>
  <p><Label.Root htmlFor="news">News</Label.Root>
    <Switch.Root name="news" id="news"><Switch.Thumb /></Switch.Root></p>
  <p id="reply">Reply by</p>
  <RadioGroup.Root name="reply" aria-labelledby="reply">{['Email', 'Phone'].map((each) => (
    <p key={each}><RadioGroup.Item value={each.toLowerCase()} id={each}><RadioGroup.Indicator>o</RadioGroup.Indicator>
    </RadioGroup.Item><label htmlFor={each}>{each}</label></p>))}</RadioGroup.Root>
  <Slider.Root name="volume" defaultValue={[50]} step={5} style={{ display: 'flex', position: 'relative', width: 200, height: 20 }}>
    <Slider.Track style={{ flexGrow: 1 }}><Slider.Range /></Slider.Track>
    <Slider.Thumb aria-label="Volume" style={{ display: 'block', width: 20, height: 20 }} /></Slider.Root>
</>);
