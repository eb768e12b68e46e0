import { AutoComplete, Cascader, Checkbox, ConfigProvider, DatePicker, Form, Input, InputNumber, Radio, Rate, Segmented, Select,
  Slider, Switch, TreeSelect, Upload, Button } from 'antd';
import { posts } from './form.js';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'].map((label) => ({ label, value: label.toLowerCase() }));
const places = [{ value: 'us', label: 'United States', children: [{ value: 'va', label: 'Virginia' }] }, { value: 'de', label: 'Germany' }];
let held = {};
const as = (value) => (Array.isArray(value) ? value.join(',') : value ?? '');
const NAMES = ['name', 'message', 'one', 'found', 'many', 'tags', 'auto', 'reply', 'buttons', 'boxes', 'terms', 'news', 'volume',
  'copies', 'place', 'tree', 'size', 'stars'];
for (const each of NAMES) posts(each, () => as(held[each]));
posts('day', () => held.day?.format('YYYY-MM-DD') ?? '');
posts('closed', () => held.closed?.format('YYYY-MM-DD') ?? '');
posts('files', () => (held.files ?? []).map((each) => each.name).join(','));
const Page = () => <ConfigProvider>
  <Form layout="vertical" component={false} initialValues={{ volume: 50 }} onValuesChange={(_, all) => { held = all; }}>
    <Form.Item label="Name" name="name" rules={[{ required: true }]}><Input /></Form.Item>
    <Form.Item label="Message" name="message"><Input.TextArea rows={3} /></Form.Item>
    <Form.Item label="Reason" name="one"><Select options={options} placeholder="Choose" /></Form.Item>
    <Form.Item label="Found reason" name="found"><Select showSearch optionFilterProp="label" options={options} /></Form.Item>
    <Form.Item label="Reasons" name="many"><Select mode="multiple" options={options} /></Form.Item>
    <Form.Item label="Words" name="tags"><Select mode="tags" options={[{ value: 'lost' }, { value: 'wet' }]} /></Form.Item>
    <Form.Item label="City" name="auto"><AutoComplete options={[{ value: 'Reston' }, { value: 'Richmond' }]} /></Form.Item>
    <Form.Item label="Reply by" name="reply"><Radio.Group options={[{ label: 'Email', value: 'email' }, { label: 'Phone', value: 'phone' }]} /></Form.Item>
    <Form.Item label="Button" name="buttons"><Radio.Group optionType="button" options={[{ label: 'Small', value: 's' }, { label: 'Large', value: 'l' }]} /></Form.Item>
    <Form.Item label="What happened" name="boxes"><Checkbox.Group options={options} /></Form.Item>
    <Form.Item name="terms" valuePropName="checked"><Checkbox>I agree</Checkbox></Form.Item>
    <Form.Item label="News" name="news" valuePropName="checked"><Switch /></Form.Item>
    <Form.Item label="Volume" name="volume"><Slider /></Form.Item>
    <Form.Item label="Copies" name="copies"><InputNumber min={1} max={10} /></Form.Item>
    <Form.Item label="Mailed on" name="day"><DatePicker /></Form.Item>
    <Form.Item label="Lost on" name="closed"><DatePicker inputReadOnly /></Form.Item>
    <Form.Item label="Place" name="place"><Cascader options={places} /></Form.Item>
    <Form.Item label="Branch" name="tree"><TreeSelect treeData={places.map((each) => ({ ...each, title: each.label, children: each.children?.map((one) => ({ ...one, title: one.label })) }))} treeDefaultExpandAll /></Form.Item>
    <Form.Item label="Size" name="size"><Segmented options={['Small', 'Large']} defaultValue="Small" /></Form.Item>
    <Form.Item label="Stars" name="stars"><Rate /></Form.Item>
    <Form.Item label="Picture" name="files" valuePropName="fileList" getValueFromEvent={(event) => event.fileList}>
      <Upload beforeUpload={() => false} multiple><Button>Select Files</Button></Upload></Form.Item>
  </Form></ConfigProvider>;
mount(<Page />);
